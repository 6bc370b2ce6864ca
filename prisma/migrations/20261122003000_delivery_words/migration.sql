-- Words of chasing and of going back; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'TASK_ESCALATED';
ALTER TYPE "EventType" ADD VALUE 'DELIVERY_TAKEN_BACK';
