import { describe, expect, it } from 'vitest';
import { emptyAnswer, fieldOfAnswer, helpTemplate, readAnswer } from './answer-draft.ts';

const filled = {
  ...emptyAnswer('2026-03-02', 'logistics'),
  ...{ kind: 'service' as const, title: ' 供暖报修 ', body: '请拨打热线。', document: '通知' },
};

describe('a stock answer being typed', () => {
  it('asks for what is missing, field by field', () => {
    expect(readAnswer(emptyAnswer('2026-03-02', null))).toMatchObject({ field: 'kind' });
    expect(readAnswer({ ...filled, document: ' ' })).toMatchObject({ field: 'document' });
  });

  it('cuts words apart and leaves out what is empty', () => {
    expect(readAnswer({ ...filled, words: '暖气 供暖，暖气、不热' })).toMatchObject({
      body: { title: '供暖报修', words: ['暖气', '供暖', '不热'], shortBody: null, source: { link: null } },
    });
  });

  it('is valid for a year, also from the last day of February', () => {
    expect(emptyAnswer('2028-02-29', null).validUntil).toBe('2029-02-28');
  });

  it('of help begins with blanks that keep it from being approved', () => {
    expect(helpTemplate.match(/【请填写[^】]+】/g)).toHaveLength(3);
  });

  it('knows its fields by the names of the API', () => {
    expect(fieldOfAnswer('source.link')).toBe('link');
    expect(fieldOfAnswer('words.0')).toBe('words');
    expect(fieldOfAnswer('commandId')).toBeNull();
  });
});
