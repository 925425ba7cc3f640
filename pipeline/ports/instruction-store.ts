import type { AccessClass } from '../domain/access-class.ts';
import type { CardText, SaveCard } from '../domain/case-card.ts';
import type { ServiceTopic } from '../domain/category.ts';
import type {
  Instruction,
  InstructionEvent,
  InstructionState,
  MoveCommand,
  Mover,
  StartCommand,
  Subject,
} from '../domain/instruction.ts';
import type { Page, PageRequest } from './page.ts';

/** Filtered by class before anything is listed; `mover` sees what `seesInstruction` says. */
export interface InstructionSight {
  accessClasses: readonly AccessClass[];
  mover: Mover;
}

export interface InstructionQuery extends InstructionSight, PageRequest {
  states: readonly InstructionState[];
  subject?: Subject;
}

export interface RecordedInstruction {
  instruction: Instruction;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

/** How the cases of one topic stand: counts, no text (R16). */
export interface TopicFacts {
  undecided: number;
  handedOver: number;
  /** Decided, answered and closed. */
  done: number;
  /** Units that the cases were handed to. */
  unitIds: string[];
  oldestUndecidedAt: string | null;
}

/** Instructions 批示—交办—反馈, and the words of the one-minute card. */
export interface InstructionStore {
  /**
   * One transaction: the instruction, its event, audit and outbox entry. The class is that of the case now.
   * @throws NotFound where the case is not in the classes of `sight`; Conflict for other content under the same id
   */
  start(command: StartCommand, sight: InstructionSight, at: string): Promise<RecordedInstruction>;

  /** As `start`, compare-and-swap on the version. @throws NotFound, NotPermitted, Conflict, InvalidInput (domain/instruction.ts) */
  move(command: MoveCommand, sight: InstructionSight, at: string): Promise<RecordedInstruction>;

  find(id: string, sight: InstructionSight): Promise<Instruction | null>;

  /** Last changed first. */
  list(query: InstructionQuery): Promise<Page<Instruction>>;

  /** In the order they were made; nothing for an instruction outside the sight. */
  listEvents(id: string, sight: InstructionSight): Promise<InstructionEvent[]>;

  /**
   * One transaction with the audit entry. The same content again writes nothing.
   * @throws NotFound outside the classes; Conflict for a stale version
   */
  saveCard(
    command: SaveCard,
    by: { actorId: string; accessClasses: readonly AccessClass[]; at: string },
  ): Promise<CardText>;

  findCard(subject: Subject, accessClasses: readonly AccessClass[]): Promise<CardText | null>;

  /** Last changed first. */
  listCards(accessClasses: readonly AccessClass[], limit: number): Promise<CardText[]>;

  /** Of cases opened since, of the visible classes. */
  readTopicFacts(
    topic: ServiceTopic,
    since: string,
    accessClasses: readonly AccessClass[],
  ): Promise<TopicFacts>;
}
