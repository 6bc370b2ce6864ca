-- Words of rights that change; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventAudience" ADD VALUE 'RIGHTS';

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'RIGHTS_CHANGED';
