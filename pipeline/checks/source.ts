import type { CheckFinding, CheckInput } from '../domain/check.ts';
import type { CheckStage } from './check-stage.ts';
import { buildTextStage, questionKey, type TextHit } from './text-stage.ts';

const name = 'source';
const version = '2026.11';

/** A line that says where it is from, at the head or the foot. */
const borrowed =
  /(?:^|\n|[（(])[ \t　]*((?:转载自|转自|文章来源|来源|摘自|原载于?)[：:\s]*[“"《]?)([^\n，。；）)《》”"]{2,30})/gu;
/** 据报道 and the like, with nobody who has reported. */
const namelessReport =
  /(?<![一-鿿])(据(?:有关)?(?:报道|媒体报道|消息人士|网友(?:爆料|称)|网传|了解到的消息))(?=[，,：:])/gu;
const ownSource =
  /本[校院站网报]|原创|党委|宣传部|新闻网|融媒体|学院|大学|学校|通讯员|记者|编辑|作者|摄影|综合|来源于/u;

function* findNameless(text: string): Generator<TextHit> {
  for (const match of text.matchAll(namelessReport)) {
    yield {
      rule: 'nameless-report',
      start: match.index,
      end: match.index + match[0].length,
      suggestion: null,
      message: `“${match[0]}”没有说明是谁报道、何时报道。请写明媒体或发布单位，无法核实的内容不要引用。`,
    };
  }
}

function* findBorrowed(text: string, input: CheckInput): Generator<TextHit> {
  if (input.source.kind !== 'original') return;
  for (const match of text.matchAll(borrowed)) {
    const [whole, label = '', from = ''] = match;
    // 来源 says of most pages which office wrote it.
    if (ownSource.test(from)) continue;
    const start = match.index + whole.indexOf(label);
    yield {
      rule: 'original-but-borrowed',
      start,
      end: match.index + whole.length,
      suggestion: null,
      message: `稿件登记为“原创”，正文却写着“${label.trim()}${from}”。如系转载，请把来源改为“转载”，并填写出处和链接。`,
    };
  }
}

function formFinding(rule: string, ref: string, message: string): CheckFinding {
  const place = { part: 'form' as const, ref, start: 0, end: 0 };
  const key = questionKey(name, rule);
  return {
    category: 'source',
    level: 'warn',
    stage: name,
    rule,
    version,
    place,
    text: '',
    suggestion: null,
    message,
    key,
  };
}

function findInForm({ source }: CheckInput): CheckFinding[] {
  if (source.kind === 'original') return [];
  const said = source.kind === 'reprint' ? '转载' : '编译、整理';
  const findings: CheckFinding[] = [];
  if (source.from === null || source.from.trim() === '')
    findings.push(
      formFinding('missing-source', 'source.from', `稿件登记为“${said}”，但没有填写来源单位或媒体。`),
    );
  if (source.kind === 'reprint' && source.url === null)
    findings.push(
      formFinding('missing-address', 'source.url', '转载稿件没有填写原文链接，终审时无法与原文核对。'),
    );
  return findings;
}

/** Where it is from: a reprint names its source, and nothing borrowed is called original. */
export function buildSourceStage(): CheckStage {
  const inText = buildTextStage({
    name,
    version,
    category: 'source',
    find: function* ({ text }, input) {
      yield* findNameless(text);
      yield* findBorrowed(text, input);
    },
  });
  return {
    name,
    version,
    run: (input) => ({ findings: [...findInForm(input), ...inText.run(input).findings] }),
  };
}
