import type { ShownFinding } from './draft-api.ts';

/** Paths of the form’s fields, as the content names them. */
const fields = [
  ...['title', 'channels', 'genre', 'plannedAt', 'source.from', 'source.url', 'source'],
  ...['declarations.ai.labelled', 'declarations.ai', 'declarations.personalData.basis'],
  ...['declarations.publicity', 'declarations.secrecy'],
];

/** The innermost field that a path speaks of, with or without `content.` before it. */
function findField(path: string): string | null {
  const own = path
    .replace(/^content\./, '')
    .replace(/^(?:ai|personalData|publicity|secrecy)\b/, 'declarations.$&');
  return (
    fields
      .filter((field) => own === field || own.startsWith(`${field}.`) || field.startsWith(`${own}.`))
      .sort((a, b) => b.length - a.length)[0] ?? null
  );
}

/** What is wrong with which field: refused by the server, or found by a check. Of several the first. */
export function findFieldWrongs(
  refusal: { field: string | null; message: string } | null,
  findings: readonly ShownFinding[],
): Record<string, string> {
  const said: [string | null, string][] = [
    ...(refusal === null || refusal.field === null
      ? []
      : [[refusal.field, refusal.message] as [string, string]]),
    ...findings
      .filter(({ place, answered }) => place.part === 'form' && answered === null)
      .map(({ place, message }): [string | null, string] => [place.ref, message]),
  ];
  const wrongs: Record<string, string> = {};
  for (const [path, message] of said) {
    const field = path === null ? null : findField(path);
    if (field !== null) wrongs[field] ??= message;
  }
  return wrongs;
}
