// The family of a herd as a tree.
import { expect, test } from 'vitest'
import { treeOf } from './herd-tree.ts'

const animal = (id: string, dam: string | null = null, standsFor: string | null = null) => ({ id, dam: dam ? { id: dam } : null, standsFor: standsFor ? { id: standsFor } : null })

test('an animal stands below its dam, and a bought one below the male it stands for', () => {
  const cow = animal('cow')
  const bull = animal('bull', 'cow')
  const heifer = animal('heifer', null, 'bull')
  const calf = animal('calf', 'heifer')
  expect(treeOf([cow, bull, heifer, calf])).toEqual([
    { animal: cow, below: [{ animal: bull, below: [{ animal: heifer, below: [{ animal: calf, below: [] }] }] }] }])
})

test('an animal whose dam cannot be seen stands at the top', () => {
  expect(treeOf([animal('calf', 'elsewhere')]).map(({ animal: { id } }) => id)).toEqual(['calf'])
})
