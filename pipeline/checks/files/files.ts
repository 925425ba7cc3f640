import type { CheckFinding, CheckInput, ReadAttachment, Unchecked } from '../../domain/check.ts';
import type { FileFact, FileFactKind } from '../../domain/file-fact.ts';
import type { CheckStage } from '../check-stage.ts';
import { questionKey } from '../text-stage.ts';
import { describeFacts, weighFact } from './file-facts.ts';
import { findHiddenParts } from './hidden-parts.ts';

const name = 'files';
const version = '1';

function byKind(facts: readonly FileFact[]): Map<FileFactKind, FileFact[]> {
  const kinds = new Map<FileFactKind, FileFact[]>();
  for (const fact of facts) kinds.set(fact.kind, [...(kinds.get(fact.kind) ?? []), fact]);
  return kinds;
}

/** One for each kind: what is wrong with the file as a whole. */
function findInFacts({ file, facts }: ReadAttachment): CheckFinding[] {
  return [...byKind(facts)].map(([kind, those]) => ({
    category: 'file',
    level: weighFact(kind),
    ...{ stage: name, rule: kind, version },
    place: { part: 'form', ref: `attachments.${file.hash}`, start: 0, end: 0 },
    text: '',
    suggestion: null,
    message: `附件${describeFacts(file.name, those)}`,
    key: questionKey(name, kind, file.hash),
  }));
}

/** The question is of this file: that another one's comments may be read says nothing of it. */
function findHidden({ file, text }: ReadAttachment): CheckFinding[] {
  return findHiddenParts(text).map(({ rule, called, start, end, count }) => ({
    category: 'file',
    level: 'warn',
    ...{ stage: name, rule, version },
    place: { part: 'attachment', ref: file.hash, start, end },
    text: text.slice(start, end),
    suggestion: null,
    message: `附件“${file.name}”有${called}${count > 1 ? `（${count} 处）` : ''}，读者可以取得。请删除后重新上传，或确认可以公开。`,
    key: questionKey(name, rule, file.hash),
  }));
}

const saysUnchecked = /未检查|没有检查/u;

function tellUnchecked({ file, unread, notes }: ReadAttachment): Unchecked[] {
  const reasons = [...unread, ...notes.filter((note) => saysUnchecked.test(note))];
  return [...new Set(reasons)].map((reason) => ({
    stage: name,
    part: file.hash,
    reason: `附件“${file.name}”：${reason}`,
  }));
}

/** Files that are not what they seem: what runs, what is hidden in them, what could not be looked into. */
export function buildFilesStage(): CheckStage {
  return {
    name,
    version,
    run: ({ attachments }: CheckInput) => ({
      findings: attachments.flatMap((attachment) => [...findInFacts(attachment), ...findHidden(attachment)]),
      unchecked: attachments.flatMap(tellUnchecked),
    }),
  };
}
