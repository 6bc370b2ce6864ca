// Who is signed in, as the pages ask it.
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'

export const ViewerRoles = graphql(`
  fragment ViewerRoles on Viewer @_unmask {
    account {
      id
      displayName
      mustChangePassword
    }
    roles {
      id
      role
      partyId
      area {
        id
        fullName
      }
    }
  }
`)

export type ViewerRoles = ResultOf<typeof ViewerRoles>

const ViewerQuery = graphql(
  `
    query Viewer {
      viewer {
        ...ViewerRoles
      }
    }
  `,
  [ViewerRoles],
)

/** `viewer` is undefined until the answer has come, and null for a visitor. */
export function useViewer() {
  const [{ data, error, fetching }] = useQuery({ query: ViewerQuery })
  return { viewer: data?.viewer, error, fetching }
}

export const partyOf = (viewer: ViewerRoles | null | undefined): string | null => viewer?.roles.find(({ role }) => role === 'DONOR')?.partyId ?? null

const officeRoles: readonly string[] = ['HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER']

/** Where someone begins once they are signed in. */
export function firstPageOf({ account, roles }: ViewerRoles): '/tai-khoan' | '/cb' | '/cb/tai-khoan' | '/cam-ket-cua-toi' {
  if (account.mustChangePassword) return '/tai-khoan'
  if (roles.some(({ role }) => officeRoles.includes(role))) return '/cb'
  if (roles.some(({ role }) => role === 'ADMIN')) return '/cb/tai-khoan'
  return roles.some(({ role }) => role === 'DONOR') ? '/cam-ket-cua-toi' : '/tai-khoan'
}
