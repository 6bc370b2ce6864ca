-- Words of adoptions; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'ADOPTION_PROPOSED';
ALTER TYPE "EventType" ADD VALUE 'ADOPTION_ACCEPTED';
ALTER TYPE "EventType" ADD VALUE 'ADOPTION_DECLINED';
ALTER TYPE "EventType" ADD VALUE 'ADOPTION_ENDED';

-- AlterEnum
ALTER TYPE "TaskKind" ADD VALUE 'ACCEPT_ADOPTION';
