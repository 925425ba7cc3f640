type Raw = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>;

/** Each field as the address has it, the first where it is there twice; its default where it is not. */
export function readQuery<K extends string>(
  raw: Raw,
  defaults: Readonly<Record<K, string>>,
): Readonly<Record<K, string>> {
  const entries = Object.entries<string>(defaults).map(([name, initial]) => {
    const found = raw[name];
    const text = typeof found === 'object' && found !== null ? found[0] : found;
    return [name, text ?? initial];
  });
  return Object.fromEntries(entries);
}

/** The address with `changes`; what is at its default is left out, what belongs to nobody here stays. */
export function mergeQuery(
  raw: Raw,
  changes: Readonly<Partial<Record<string, string>>>,
  defaults: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries({ ...raw, ...changes }).flatMap(([name, value]) => {
    const text = typeof value === 'object' && value !== null ? value[0] : value;
    return text === undefined || text === null || text === defaults[name] ? [] : [[name, text] as const];
  });
  return Object.fromEntries(kept);
}
