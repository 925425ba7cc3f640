import type { GatheredPost } from '../../pipeline/domain/post.ts';
import { storedText } from '../../pipeline/domain/post.ts';
import type { Finding, Verdict } from '../../pipeline/domain/verdict.ts';
import { buildFinding } from '../builders/post.ts';
import type { Office } from '../harness/office.ts';
import { type FiledCase, fileCase } from '../harness/office-cases.ts';

interface Marked extends Partial<Finding> {
  words: string;
}

/** Files an item with findings on the words named, as they stand in its stored text. */
function fileMarked(
  office: Office,
  post: Partial<GatheredPost> & { title: string; text: string },
  marks: readonly Marked[],
  verdict: Partial<Verdict> = {},
): Promise<FiledCase> {
  const text = storedText(post);
  const findings = marks.map(({ words, ...more }) => {
    const start = text.indexOf(words);
    if (start < 0) throw new Error(`"${words}" is not in the text`);
    return buildFinding({ start, end: start + words.length, ...more });
  });
  return fileCase(office, post, { findings, ...verdict });
}

export const swindle = {
  kind: 'comment' as const,
  title: '',
  text: '有人加我微信说是财务处的，让我先转“学费差额”到一个私人账户，说过期就不能注册😭。听说 6 号楼已经有人被骗，是真的吗？',
  words: ['先转“学费差额”到一个私人账户', '私人账户，说过期就不能注册', '听说 6 号楼已经有人被骗'],
};

export function fileSwindle(office: Office): Promise<FiledCase> {
  const [transfer = '', pressure = '', hearsay = ''] = swindle.words;
  const { kind, title, text } = swindle;
  return fileMarked(
    office,
    { kind, title, text },
    [
      {
        words: transfer,
        category: 'fraud',
        id: 'fraud.private-transfer',
        version: '5',
        severity: 4,
        confidence: 0.91,
      },
      {
        words: pressure,
        category: 'fraud',
        id: 'fraud.deadline',
        version: '2',
        severity: 3,
        confidence: 0.7,
      },
      { words: hearsay },
    ],
    {
      risk: { score: 66, level: 'important', parts: { danger: 58, reach: 6, tone: 2 } },
      couldNotCheck: [{ stage: 'service', reason: '超时' }],
    },
  );
}

export function fileRumour(office: Office): Promise<FiledCase> {
  const text = '听说期末考试要提前两周，<img src=x onerror="document.title=1"> 群里传得有鼻子有眼。';
  return fileMarked(office, { kind: 'comment', title: '', text }, [{ words: '听说期末考试要提前两周' }], {
    risk: { score: 40, level: 'watch', parts: { danger: 38, reach: 2 } },
  });
}

export const leaked = '110105199003071234';

/** A notice with somebody's identity number in it: reviewers see it masked, the director in full. */
export function fileLeak(office: Office): Promise<FiledCase> {
  const post = {
    title: '重修名单公示',
    text: `请各学院核对。\n张同学，身份证号 ${leaked}，课程“高等代数”。`,
  };
  const leak = {
    category: 'leak' as const,
    stage: 'personal-data',
    id: 'personal-data.identity-number',
    severity: 4,
  };
  return fileMarked(
    office,
    { ...post, publishedAt: '2026-11-18T16:00:00.000Z', publishedPrecision: 'day' },
    [{ words: leaked, ...leak }],
    {
      accessClass: 'victim',
      queues: ['operations', 'review'],
      risk: { score: 60, level: 'important', parts: { danger: 60 } },
    },
  );
}

/** For the people on duty alone. */
export function fileDanger(office: Office): Promise<FiledCase> {
  const text = '最近每天都睡不着，觉得撑不下去了，谁能跟我说说话。';
  return fileMarked(
    office,
    { kind: 'comment', title: '', text },
    [{ words: '撑不下去了', category: 'self-harm', id: 'self-harm.despair', severity: 4, confidence: 0.8 }],
    {
      accessClass: 'safety',
      lifeSafety: true,
      queues: ['safety'],
      risk: { score: 71, level: 'important', parts: { danger: 51, lifeSafety: 20 } },
    },
  );
}
