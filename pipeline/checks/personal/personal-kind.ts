import type { PersonalKind } from '../../text/personal/personal-hits.ts';

/** `status`: how somebody who is named is in health, or in need. */
export type DraftPersonalKind = PersonalKind | 'status';

export interface PersonalSpan {
  kind: DraftPersonalKind;
  /** UTF-16, in the text as it was given. */
  start: number;
  end: number;
  /** A word near it, or the head of its column, says what it is. */
  isNamed: boolean;
}
