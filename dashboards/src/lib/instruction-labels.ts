import type {
  InstructionDetail,
  InstructionView,
  SubjectView,
} from '../../../review-api/contract/instruction.ts';
import { categoryLabels, serviceKindLabels, serviceTopicLabels } from './labels.ts';
import { formatMoment } from './shanghai-time.ts';

export type InstructionState = InstructionView['state'];
export type InstructionMove = InstructionDetail['events'][number]['move'];
type StepMove = Exclude<InstructionMove, 'submit'>;

export const instructionStateLabels: Record<InstructionState, string> = {
  submitted: '待阅批',
  noted: '已阅',
  given: '待交办',
  assigned: '办理中',
  reported: '已反馈',
  closed: '已办结',
  withdrawn: '已撤回',
};

/** What was done, for the record. */
export const moveLabels: Record<InstructionMove, string> = {
  submit: '报请阅示',
  give: '批示',
  note: '已阅',
  assign: '交办',
  report: '反馈',
  redo: '要求继续办理',
  close: '办结',
  withdraw: '撤回',
};

interface MoveWords {
  /** On the button that opens the form. */
  button: string;
  /** Above the text; null where nothing has to be written. */
  label: string;
  needsText: boolean;
}

/** What a person can do, in the order of the buttons. */
export const moveWords: Record<StepMove, MoveWords> = {
  give: { button: '批示', label: '批示内容', needsText: true },
  note: { button: '已阅，不作批示', label: '留言（可不填）', needsText: false },
  assign: { button: '交办', label: '交办要求（可不填）', needsText: false },
  report: { button: '反馈办理情况', label: '办理情况', needsText: true },
  close: { button: '同意办结', label: '意见（可不填）', needsText: false },
  redo: { button: '请继续办理', label: '还要做什么', needsText: true },
  withdraw: { button: '撤回', label: '原因（可不填）', needsText: false },
};

/** What an instruction or a card is about, in a few words: never the words of a post. */
export function describeSubject(about: SubjectView): string {
  if (about.subject.kind === 'topic') return `专题：${serviceTopicLabels[about.subject.topic]}`;
  const { service, categories, channelName, openedAt } = about;
  const [category] = categories;
  const what =
    service !== null
      ? `${serviceTopicLabels[service.topic]}${serviceKindLabels[service.kind]}`
      : category === undefined
        ? '线索'
        : categoryLabels[category];
  const where = channelName === null ? '' : ` · ${channelName}`;
  return `${what}${where}${openedAt === null ? '' : ` · ${formatMoment(openedAt)}`}`;
}

/** As the address and the API name the card. */
export function cardIdOf({ subject }: Pick<SubjectView, 'subject'>): string {
  return subject.kind === 'case' ? `case:${subject.caseId}` : `topic:${subject.topic}`;
}

/** The end of office hours of a day in Shanghai; null for an empty field. */
export function dueAtOf(day: string): string | null {
  return day === '' ? null : new Date(`${day}T18:00:00+08:00`).toISOString();
}
