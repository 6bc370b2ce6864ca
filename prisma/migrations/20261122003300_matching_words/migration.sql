-- Words of matching; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'MATCHING_ANSWERED';
ALTER TYPE "EventType" ADD VALUE 'GUARD_OVERRIDDEN';
