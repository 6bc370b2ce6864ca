-- What is lent without interest may be lost with what it was used for: the office writes it off; PostgreSQL lets no transaction use an enum's value that it has added itself.

-- AlterEnum
ALTER TYPE "OutcomeKind" ADD VALUE 'CAPITAL_WRITTEN_OFF';
