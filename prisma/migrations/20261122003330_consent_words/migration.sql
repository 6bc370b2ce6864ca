-- Words of consent; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'CONSENT_RECORDED';
