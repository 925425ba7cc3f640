import type { CheckInput } from '../../pipeline/domain/check.ts';
import { Declarations } from '../../pipeline/domain/draft-content.ts';

/** A draft as the checks are given it: plain news of one day, with nothing to find unless the change brings it. */
export function checkInput(change: Partial<CheckInput> = {}): CheckInput {
  return {
    title: '',
    body: '',
    links: [],
    linkReports: [],
    genre: 'news',
    day: '2026-11-23',
    source: { kind: 'original', from: null, url: null },
    declarations: Declarations.parse({}),
    images: [],
    attachments: [],
    ...change,
  };
}
