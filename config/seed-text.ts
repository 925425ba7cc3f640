import { Document, isNode, isSeq } from 'yaml';

export interface SeedEntry {
  fields: Record<string, unknown>;
  /** Comment lines above the entry. */
  remarks: readonly string[];
  /** Comments beside the items of a list, by the field's name. */
  itemRemarks?: Record<string, readonly string[]>;
}

const asComment = (line: string) => `# ${line.replace(/\s+/g, ' ')}`;
const indented = (line: string) => (line === '' ? '' : `  ${line}`);

/** An entry as YAML, its remarks with it. */
function entryText({ fields, remarks, itemRemarks = {} }: SeedEntry): string {
  const document = new Document([fields]);
  for (const [field, comments] of Object.entries(itemRemarks)) {
    const items = document.getIn([0, field], true);
    if (!isSeq(items)) continue;
    for (const [index, item] of items.items.entries()) {
      if (isNode(item)) item.comment = ` ${(comments[index] ?? '').replace(/\s+/g, ' ')}`;
    }
  }
  const lines = document.toString({ lineWidth: 0 }).trimEnd().split('\n');
  return [...remarks.map(asComment), ...lines].map(indented).join('\n');
}

/** The text of a seed file: comments at its head, one list of entries, comments at its end. */
export function buildSeedText(file: {
  head: readonly string[];
  key: string;
  entries: readonly SeedEntry[];
  tail?: readonly string[];
}): string {
  const { head, key, entries, tail = [] } = file;
  const body = entries.map(entryText).join('\n\n');
  const end = tail.length === 0 ? '' : `\n${tail.map(asComment).join('\n')}\n`;
  return `${head.map(asComment).join('\n')}\n${key}:${entries.length === 0 ? ' []' : `\n${body}`}\n${end}`;
}
