// How soon a need must be met, as the API counts it and as people say it.
export const urgencies = ['urgent', 'season', 'later'] as const
export type Urgency = (typeof urgencies)[number]

const levels: Record<Urgency, number> = { urgent: 3, season: 2, later: 1 }

export const levelOf = (urgency: Urgency) => levels[urgency]
export const urgencyOf = (level: number): Urgency => urgencies.find((name) => levels[name] === level) ?? 'season'
