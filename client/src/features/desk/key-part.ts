// The part of an id that stands in addresses: "Household:7f…" is /cb/ho/7f….
export const keyPart = (id: string) => id.slice(id.indexOf(':') + 1)
