import type { CheckFinding, CheckLevel, CheckPlace, EditorialCategory } from '../domain/check.ts';

const parts: readonly CheckPlace['part'][] = ['title', 'body', 'attachment', 'image', 'form'];
const levels: readonly CheckLevel[] = ['info', 'warn', 'block'];

/** Whose word counts where two checks speak of the same characters: what knows more first. */
const precedence: readonly EditorialCategory[] = [
  'personal-data',
  'secrecy-mark',
  'title-order',
  'date',
  'ad-absolute',
  'term',
  'link',
  'source',
  'file',
  'map-number',
  'image-licence',
  'ai-label',
  'accessibility',
  'numeral',
  'punctuation',
  'typo',
];
/** These speak of the characters alone: where another check speaks of the matter, they have nothing to add. */
const ofTheSurface: readonly EditorialCategory[] = ['typo', 'punctuation', 'numeral'];

function comparePlaces(a: CheckFinding, b: CheckFinding): number {
  const [x, y] = [a.place, b.place];
  return (
    parts.indexOf(x.part) - parts.indexOf(y.part) ||
    (x.ref ?? '').localeCompare(y.ref ?? '') ||
    x.start - y.start ||
    x.end - y.end ||
    compareWeight(a, b)
  );
}

/** Negative where `a` weighs more. */
function compareWeight(a: CheckFinding, b: CheckFinding): number {
  return (
    levels.indexOf(b.level) - levels.indexOf(a.level) ||
    precedence.indexOf(a.category) - precedence.indexOf(b.category)
  );
}

/** Two points at one place meet; a point at the edge of a span does not. */
function overlap(a: CheckPlace, b: CheckPlace): boolean {
  if (a.start === a.end || b.start === b.end) {
    if (a.start === b.start && a.end === b.end) return true;
    return a.start < b.end && b.start < a.end && a.end !== b.start && b.end !== a.start;
  }
  return a.start < b.end && b.start < a.end;
}

/** What becomes of the lighter of two that overlap. */
function yieldTo(heavier: CheckFinding, lighter: CheckFinding): CheckFinding | null {
  const isSame = heavier.place.start === lighter.place.start && heavier.place.end === lighter.place.end;
  if (lighter.level !== 'block') {
    if (ofTheSurface.includes(lighter.category)) return null;
    if (isSame && (heavier.category === lighter.category || heavier.level !== lighter.level)) return null;
  } else if (isSame && heavier.key === lighter.key) return null;
  // Both are said; but only one of them can be carried out.
  return heavier.suggestion === null ? lighter : { ...lighter, suggestion: null };
}

/** One place, one answer: no two suggestions overlap, nothing that blocks is lost. @returns in the order of reading */
export function settleFindings(findings: readonly CheckFinding[]): CheckFinding[] {
  const places = new Map<string, CheckFinding[]>();
  const settled: CheckFinding[] = [];
  for (const finding of findings.toSorted(compareWeight)) {
    const { part, ref } = finding.place;
    // A field of the form is no text: whatever is wrong with it is said.
    if (part === 'form') {
      settled.push(finding);
      continue;
    }
    const here = places.get(`${part} ${ref}`) ?? [];
    places.set(`${part} ${ref}`, here);
    let kept: CheckFinding | null = finding;
    for (const heavier of here) {
      if (kept !== null && overlap(heavier.place, kept.place)) kept = yieldTo(heavier, kept);
    }
    if (kept !== null) here.push(kept);
  }
  return [...settled, ...[...places.values()].flat()].toSorted(comparePlaces);
}
