// Who sits at the desk and over which area; every page under /cb knows it.
import { createContext, use } from 'react'

export type DeskRole = 'HAMLET_HEAD' | 'COMMUNE_OFFICER' | 'PROVINCE_OFFICER' | 'ADMIN'

export interface DeskArea {
  id: string
  fullName: string
  kind: 'PROVINCE' | 'DISTRICT' | 'COMMUNE' | 'HAMLET'
}

export interface Desk {
  name: string
  accountId: string
  roles: readonly DeskRole[]
  /** The office's area; null for an administrator who holds no office. */
  area: DeskArea | null
  /** Decides: of a commune or a province. */
  isOfficer: boolean
  /** Holds an office, a hamlet's too. */
  isOffice: boolean
  isHead: boolean
  isAdmin: boolean
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (!desk) throw new Error('this page stands only under /cb')
  return desk
}

/** The area of an office's page. */
export function useDeskArea(): DeskArea {
  const { area } = useDesk()
  if (!area) throw new Error('this page is for those who hold an office')
  return area
}
