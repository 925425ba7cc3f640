import { describe, expect, it } from 'vitest';
import { findQuote, longestQuote } from './quotation.ts';

const source = '南区三号楼的暖气从上周五开始就一直不热，报修了两次，到现在也没有人来看。';

describe('what is taken over word for word', () => {
  it('is found when longer than twenty characters, in whatever width and punctuation', () => {
    expect(findQuote(`有同学说${source}`, [source])).not.toBeNull();
    expect(findQuote('暖气从上周五开始就一直不热—报修了两次到现在也没有人', [source])).not.toBeNull();
  });

  it('may be up to twenty', () => {
    const twenty = [...source].filter((one) => !/\p{P}/u.test(one)).slice(0, longestQuote);
    expect(findQuote(twenty.join(''), [source])).toBeNull();
    expect(findQuote(`${twenty.join('')}就`, [`${twenty.join('')}就`])).not.toBeNull();
  });

  it('is no retelling, and nothing where there is no source', () => {
    expect(
      findQuote('反映宿舍供暖不足，已报修两次未处理，建议后勤处当日到场核查并答复学生。', [source]),
    ).toBeNull();
    expect(findQuote(source, [])).toBeNull();
    expect(findQuote('', [source])).toBeNull();
  });

  it('counts whole characters', () => {
    const faces = '😀😃😄😁😆😅😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙😋😛';
    expect(findQuote(`${faces}`, [`${faces}`])).toBeNull();
  });
});
