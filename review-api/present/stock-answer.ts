import type { ListedAnswer } from '../../pipeline/commands/stock-answers.ts';
import { writeCsv } from '../../pipeline/commands/write-csv.ts';
import { purposeNames } from '../../pipeline/domain/category.ts';
import { findPersonalHints, hasPlaceholder } from '../../pipeline/domain/personal-hints.ts';
import { type Rights, type Role, rightsFor } from '../../pipeline/domain/role.ts';
import {
  approvers,
  liveVersion,
  newestVersion,
  type StockVersion,
} from '../../pipeline/domain/stock-answer.ts';
import { AnswerRuling, AnswerStep } from '../../pipeline/domain/stock-answer-change.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';
import type { AnswerDetail, AnswerSummary, AnswerVersionView } from '../contract/stock-answer.ts';
import type { RouteDeps } from '../http/call.ts';

type Deps = Pick<RouteDeps, 'directory' | 'clock'>;

export async function presentAnswer(listed: ListedAnswer, deps: Deps): Promise<AnswerSummary> {
  const { answer, standing, uses } = listed;
  const { id, revision, kind, checked } = answer;
  const { title, state, version, topics, validFrom, validUntil } = newestVersion(answer);
  const settings = await deps.directory.settings();
  return {
    ...{ id, revision, kind, title, state, version, topics, validFrom, validUntil, standing, uses },
    unit: deps.directory.unit(settings, answer.unitId),
    checkedOn: checked?.on ?? null,
  };
}

const goneName = '已停用账号';

async function presentVersion(version: StockVersion, { directory }: Deps): Promise<AnswerVersionView> {
  const { writtenBy, approvedBy, retiredBy, ...rest } = version;
  const texts = [rest.title, rest.body, rest.shortBody] as const;
  return {
    ...rest,
    writtenByNames: await Promise.all(
      writtenBy.map(async (id) => (await directory.colleagueName(id)) ?? goneName),
    ),
    approvedByName: await directory.colleagueName(approvedBy),
    retiredByName: await directory.colleagueName(retiredBy),
    hints: [...findPersonalHints(...texts), ...(hasPlaceholder(...texts) ? ['placeholder' as const] : [])],
  };
}

/** The command checks again; this only keeps screens from offering what it refuses. */
function mayDo(
  { answer }: ListedAnswer,
  { actorId, roles, units }: { actorId: string; roles: readonly Role[]; units: Rights['units'] },
): AnswerDetail['may'] {
  const { state, writtenBy } = newestVersion(answer);
  const write = rightsFor(roles, 'answer.write').permitted || units !== 'all';
  const isApprover = roles.includes(approvers[answer.kind]);
  const steps: Record<AnswerStep, boolean> = {
    submit: state === 'draft',
    withdraw: state === 'in-review',
    check: answer.kind === 'help',
  };
  const rulings: Record<AnswerRuling, boolean> = {
    approve: state === 'in-review' && !writtenBy.includes(actorId),
    return: state === 'in-review',
    retire: answer.versions.some((one) => one.state === 'approved'),
  };
  return {
    write: write && state !== 'in-review',
    steps: AnswerStep.options.filter((step) => write && steps[step]),
    rulings: AnswerRuling.options.filter((ruling) => isApprover && rulings[ruling]),
  };
}

export async function presentAnswerDetail(
  listed: ListedAnswer,
  reader: { actorId: string; roles: readonly Role[]; units: Rights['units'] },
  deps: Deps,
): Promise<AnswerDetail> {
  const { answer } = listed;
  const live = liveVersion(answer, shanghaiDay(deps.clock.now()));
  return {
    ...(await presentAnswer(listed, deps)),
    checkedByName: await deps.directory.colleagueName(answer.checked?.by ?? null),
    liveVersion: live?.version ?? null,
    versions: await Promise.all(answer.versions.toReversed().map((one) => presentVersion(one, deps))),
    may: mayDo(listed, reader),
  };
}

const kindNames = { service: '服务答复', statement: '学校表态', help: '求助指引' } as const;

/** What may be said today, one line each. */
export function writeAnswerCsv(
  listed: readonly ListedAnswer[],
  { today, unitName }: { today: string; unitName: (id: string) => string },
): string {
  const head = ['类别', '标题', '主题', '负责单位', '正文', '评论用短文', '依据', '生效', '失效', '号码核对'];
  const rows = listed.flatMap(({ answer }) => {
    const live = liveVersion(answer, today);
    if (live === null || live.validUntil < today) return [];
    const { title, topics, body, shortBody, source, validFrom, validUntil } = live;
    const basis = [source.document, source.date, source.link ?? ''].join(' ').trim();
    const words = topics.map((topic) => purposeNames[topic]).join('、');
    const texts = [kindNames[answer.kind], title, words, unitName(answer.unitId), body, shortBody ?? ''];
    return [[...texts, basis, validFrom, validUntil, answer.checked?.on ?? '']];
  });
  return writeCsv([head, ...rows]);
}
