export type { CheckFinding, CheckLevel, EditorialCategory } from '../../pipeline/domain/check.ts';
export type {
  Declarations,
  DraftAttachment,
  DraftContent,
  DraftImage,
  DraftSource,
} from '../../pipeline/domain/draft-content.ts';
export type { DraftDocument, DraftMark, DraftNode } from '../../pipeline/domain/draft-document.ts';
/** The same rule of counting on both sides: what a finding's offsets mean is the same in the editor. */
export { type FlatDocument, flattenDocument } from '../../pipeline/domain/flatten-document.ts';
