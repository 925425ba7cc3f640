import type { CheckLevel, EditorialCategory } from '../../../review-api/contract/draft-text.ts';
import type { FindingAnswer, ShownFinding } from './draft-api.ts';

/** Findings of one key: one question, asked once. */
export interface FindingGroup {
  key: string;
  category: EditorialCategory;
  level: CheckLevel;
  message: string;
  /** What to write instead, where all say the same or each says it of its own words. */
  hasSuggestion: boolean;
  findings: ShownFinding[];
  answered: FindingAnswer | null;
}

const levelOrder: readonly CheckLevel[] = ['block', 'warn', 'info'];
const rank = ({ level, answered }: FindingGroup) =>
  levelOrder.indexOf(level) + (answered === null ? 0 : levelOrder.length);

/** What has to be done first stands first; what was answered, last. Within a level in the order of the text. */
export function groupFindings(findings: readonly ShownFinding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const { key, category, level, message, suggestion, answered } = finding;
    // The same key under another level is another question: a `block` is never answered along with a `warn`.
    const id = `${level} ${category} ${key}`;
    const group = groups.get(id);
    if (group === undefined) {
      const hasSuggestion = suggestion !== null;
      groups.set(id, { key, category, level, message, hasSuggestion, findings: [finding], answered });
    } else {
      group.findings.push(finding);
      group.hasSuggestion ||= suggestion !== null;
      if (answered === null) group.answered = null;
    }
  }
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

export interface CategoryGroups {
  category: EditorialCategory;
  groups: FindingGroup[];
  /** Of places that nobody has answered. */
  open: number;
}

/** In the order of the gravest question of each. */
export function groupByCategory(findings: readonly ShownFinding[]): CategoryGroups[] {
  const categories = new Map<EditorialCategory, CategoryGroups>();
  for (const group of groupFindings(findings)) {
    const known = categories.get(group.category) ?? { category: group.category, groups: [], open: 0 };
    known.groups.push(group);
    if (group.answered === null) known.open += group.findings.length;
    categories.set(group.category, known);
  }
  return [...categories.values()];
}

export type LevelCounts = Record<CheckLevel, number>;

export function countOpen(findings: readonly ShownFinding[]): LevelCounts {
  const counts = { block: 0, warn: 0, info: 0 };
  for (const { level, answered } of findings) if (answered === null) counts[level] += 1;
  return counts;
}

/** The file that it stands in, or is about: its hash. Of what is known of a file the form's fields are `images.<hash>.alt` and the like. */
export function fileOf({ part, ref }: ShownFinding['place']): string | null {
  if (ref === null || part === 'body' || part === 'title') return null;
  if (part !== 'form') return ref;
  return /^(?:images|attachments)\.([0-9a-f]{64})\./.exec(ref)?.[1] ?? null;
}

/** Those still to be answered, as j and k walk through them. */
export const openFindings = (findings: readonly ShownFinding[]): ShownFinding[] =>
  groupFindings(findings)
    .filter((group) => group.answered === null)
    .flatMap((group) => group.findings);
