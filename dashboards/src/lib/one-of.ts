/** One of `known`; what somebody typed into the address and is none of them is as if it were not there. */
export function oneOf<T extends string>(known: readonly T[], text: string | undefined, otherwise: T): T {
  return known.find((one) => one === text) ?? otherwise;
}

/** A day as fields for dates have it; anything else is as if it were not there. */
export const dayOr = (text: string | undefined, otherwise: string): string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : otherwise;
