/** A name as it may stand in a report: its first character. */
export function maskAuthor(name: string): string {
  const [first = ''] = name.trim();
  return `${first}**`;
}
