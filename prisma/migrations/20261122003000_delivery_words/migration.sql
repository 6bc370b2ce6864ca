-- Words of chasing; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'TASK_ESCALATED';
