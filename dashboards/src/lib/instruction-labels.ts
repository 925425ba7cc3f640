import type {
  InstructionDetail,
  InstructionView,
  SubjectView,
} from '../../../review-api/contract/instruction.ts';
import { t } from '../i18n/t.ts';
import { categoryLabels, serviceKindLabels, serviceTopicLabels } from './labels.ts';
import { formatMoment } from './shanghai-time.ts';

export type InstructionState = InstructionView['state'];
export type InstructionMove = InstructionDetail['events'][number]['move'];
type StepMove = Exclude<InstructionMove, 'submit'>;

export const instructionStateLabels: Record<InstructionState, string> = {
  submitted: t('instructions.stateSubmitted'),
  noted: t('instructions.noted'),
  given: t('instructions.stateGiven'),
  assigned: t('app.inProgress'),
  reported: t('instructions.stateReported'),
  closed: t('app.closedState'),
  withdrawn: t('app.withdrawn'),
};

/** What was done, for the record. */
export const moveLabels: Record<InstructionMove, string> = {
  submit: t('instructions.moveSubmitted'),
  give: t('app.instruction'),
  note: t('instructions.noted'),
  assign: t('instructions.assign'),
  report: t('instructions.moveReported'),
  redo: t('instructions.moveRedo'),
  close: t('app.closeMatter'),
  withdraw: t('app.withdraw'),
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
  give: { button: t('app.instruction'), label: t('instructions.instructionText'), needsText: true },
  note: { button: t('instructions.noteWithout'), label: t('instructions.messageOptional'), needsText: false },
  assign: { button: t('instructions.assign'), label: t('instructions.assignTextOptional'), needsText: false },
  report: {
    button: t('instructions.reportProgress'),
    label: t('instructions.progressText'),
    needsText: true,
  },
  close: { button: t('instructions.agreeClose'), label: t('instructions.opinionOptional'), needsText: false },
  redo: { button: t('instructions.askMore'), label: t('instructions.moreToDo'), needsText: true },
  withdraw: { button: t('app.withdraw'), label: t('instructions.reasonOptional'), needsText: false },
};

/** What an instruction or a card is about, in a few words: never the words of a post. */
export function describeSubject(about: SubjectView): string {
  if (about.subject.kind === 'topic')
    return t('instructions.topicSubject', { topic: serviceTopicLabels[about.subject.topic] });
  const { service, categories, channelName, openedAt } = about;
  const [category] = categories;
  const what =
    service !== null
      ? t('instructions.serviceSubject', {
          topic: serviceTopicLabels[service.topic],
          kind: serviceKindLabels[service.kind],
        })
      : category === undefined
        ? t('app.lead')
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
