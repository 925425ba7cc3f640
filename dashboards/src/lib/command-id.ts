/**
 * Ids of commands: the same content sent again (after a lost connection) keeps its id, so that it is recorded once; changed content
 * is a new intention with a new one.
 */
export function createCommandIds(newId: () => string): (content: unknown) => string {
  let last: { content: string; id: string } | null = null;
  return (content) => {
    const written = JSON.stringify(content);
    if (last?.content !== written) last = { content: written, id: newId() };
    return last.id;
  };
}
