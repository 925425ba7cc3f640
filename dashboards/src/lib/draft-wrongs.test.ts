import { describe, expect, it } from 'vitest';
import type { ShownFinding } from './draft-api.ts';
import { findFieldWrongs } from './draft-wrongs.ts';

const inForm = (ref: string, message: string): ShownFinding => ({
  ...{ id: ref, category: 'source', level: 'block', stage: 's', rule: 'r', version: '1', text: '' },
  ...{ suggestion: null, message, key: ref, answered: null, place: { part: 'form', ref, start: 0, end: 0 } },
});

describe('what is wrong with which field', () => {
  it('is said at the innermost field that the path speaks of', () => {
    expect(findFieldWrongs({ field: 'content.source.url', message: '地址不对' }, [])).toEqual({
      'source.url': '地址不对',
    });
    expect(findFieldWrongs({ field: 'content.declarations.publicity.until', message: '早' }, [])).toEqual({
      'declarations.publicity': '早',
    });
    expect(
      findFieldWrongs(null, [inForm('personalData.basis', '写依据'), inForm('ai.labelled', '标明')]),
    ).toEqual({
      ...{ 'declarations.personalData.basis': '写依据', 'declarations.ai.labelled': '标明' },
    });
  });

  it('leaves to the page what belongs to no field, and says one thing a field', () => {
    expect(findFieldWrongs({ field: 'content.document', message: '密' }, [])).toEqual({});
    expect(findFieldWrongs({ field: null, message: '密' }, [])).toEqual({});
    const twice = [inForm('source.from', '一'), inForm('source.from', '二')];
    expect(findFieldWrongs(null, twice)).toEqual({ 'source.from': '一' });
    const answered = {
      ...inForm('source.from', '一'),
      answered: { reason: '', by: null, at: '', forUnit: false },
    };
    expect(findFieldWrongs(null, [answered])).toEqual({});
  });
});
