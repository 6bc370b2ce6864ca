// How much GraphQL's own rules would have to compare in a document, counted before they do: of fields that answer under the same
// name at the same place, every pair ("Field Selection Merging"), so that a few kilobytes of one field cost a quarter of a second.
import { type FragmentDefinitionNode, type SelectionSetNode, Kind } from 'graphql'

/** How often a name answers at one place, and what lies below it. */
interface Place {
  count: number
  below: Map<string, Place>
}

export interface Comparisons {
  /** Everything selected, with fragments written out; counting ends beyond `most`. */
  selections: number
  /** Pairs of fields under one name; counting ends beyond `most`. */
  comparisons: number
}

export function countComparisons(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, most: Comparisons): Comparisons {
  const counted: Comparisons = { selections: 0, comparisons: 0 }
  const within = new Set<string>()

  function count(selected: SelectionSetNode, at: Map<string, Place>) {
    for (const node of selected.selections) {
      counted.selections += 1
      if (counted.selections > most.selections || counted.comparisons > most.comparisons) return
      if (node.kind === Kind.INLINE_FRAGMENT) count(node.selectionSet, at)
      else if (node.kind === Kind.FRAGMENT_SPREAD) countFragment(node.name.value, at)
      else {
        const place = placeOf(node.alias?.value ?? node.name.value, at)
        counted.comparisons += place.count
        place.count += 1
        if (node.selectionSet) count(node.selectionSet, place.below)
      }
    }
  }

  function countFragment(name: string, at: Map<string, Place>) {
    const fragment = fragments.get(name)
    if (!fragment || within.has(name)) return // none, or a circle: GraphQL's own rules report that
    within.add(name)
    count(fragment.selectionSet, at)
    within.delete(name)
  }

  count(set, new Map())
  return counted
}

function placeOf(name: string, at: Map<string, Place>): Place {
  let place = at.get(name)
  if (!place) at.set(name, (place = { count: 0, below: new Map() }))
  return place
}
