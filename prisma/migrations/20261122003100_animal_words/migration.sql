-- Words of an animal's hand-over; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'ANIMAL_HANDED_ON';

-- AlterEnum
ALTER TYPE "HandoverAnswer" ADD VALUE 'ILL';
ALTER TYPE "HandoverAnswer" ADD VALUE 'WRONG';

-- AlterEnum
ALTER TYPE "TaskKind" ADD VALUE 'ANIMAL_ILL';
