// The areas of a batch as a tree in arrays: parents stand before their children, so that loops need no recursion.

export interface Tree {
  /** −1 for the root, which is the whole country. */
  parent: Int32Array
  depth: Uint8Array
  children: number[][]
  of(path: string): number
}

/** Equal areas give equal numbers, in whatever order they come. */
export function treeOf(paths: Iterable<string>): Tree {
  const known = new Set<string>([''])
  for (const path of paths) {
    for (let part = path; !known.has(part); part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) known.add(part)
  }
  const sorted = [...known].sort()
  const numbers = new Map(sorted.map((path, number) => [path, number]))
  const tree: Tree = {
    parent: new Int32Array(sorted.length).fill(-1),
    depth: new Uint8Array(sorted.length),
    children: sorted.map(() => []),
    of: (path) => numbers.get(path)!,
  }
  for (let node = 1; node < sorted.length; node++) {
    const path = sorted[node]!
    const parent = numbers.get(path.slice(0, Math.max(0, path.lastIndexOf('.'))))!
    tree.parent[node] = parent
    tree.depth[node] = tree.depth[parent]! + 1
    tree.children[parent]!.push(node)
  }
  return tree
}

/** How many levels a gift climbs from the area of its line before it can go down to the need. */
export function levelsBetween(tree: Tree, line: number, need: number): number {
  let levels = 0
  while (line !== need) {
    if (tree.depth[line]! > tree.depth[need]!) {
      line = tree.parent[line]!
      levels++
    } else if (tree.depth[need]! > tree.depth[line]!) need = tree.parent[need]!
    else {
      line = tree.parent[line]!
      levels++
      need = tree.parent[need]!
    }
  }
  return levels
}
