import type { Category } from '../domain/category.ts';
import type { HeadHeader } from '../models/weights-file.ts';

/** From which probability on a model's word becomes a finding, and how much it then weighs. */
export interface OperatingPoint {
  head: string;
  output: string;
  category: Category;
  /** Surer than this, a finding of severity 1 is noted: shown to who opens the post, queued for nobody. Null: never. */
  noteFrom: number | null;
  /** Surer than this, the finding puts the post before a person. */
  raiseFrom: number;
  /** Severity of a raised finding. */
  severity: number;
  /** Only a text that this fits gives a finding. */
  onlyIf?: RegExp;
  /** A text that this fits gives none. */
  unless?: RegExp;
  /** Shorter texts give no finding: so little says nothing to a model of whole messages. Counted in Han characters. */
  leastHan?: number;
  /** Does it look at what the school itself has published? */
  readsOwn: boolean;
}

/** Somebody is spoken to or pointed at; an opinion about a matter has no such word. */
const somebody = /[你您妳她]|他(?![妈娘么])|这(个|种)?人|那(个|种)?人|@/;

/** Who leaves a school or a flat is not leaving the world, and who cannot live without a telephone lives. */
const movingOn =
  /毕业.{0,12}离开|离开.{0,6}(学校|宿舍|寝室|公司|地方|城市|家乡)|(没有|没|不吃|不喝|离开)[^,。!?]{1,6}(我|就)?活不下去/;

/** Where there is nothing to press or to log in to, nobody can be phished. */
const something =
  /https?:|www\.|[a-z0-9-]\.[a-z]{2,4}(\/|$|[^a-z])|链接|网址|网站|登录|登陆|登入|点击|点开|url/;

/** Swindles and adverts say at least what is offered and what to do. */
const leastHan = 12;

/**
 * Held-out figures behind these points stand in docs/models.md.
 *
 * - Self-harm has no notes: a text is either shown to the people on duty or to nobody, for who is on duty may read it
 *   and others may not. `alarmFrom` was tuned with the weights to a number of false alarms that people can bear.
 * - Harassment was learned from posts about groups, at 90 % precision it finds one attack in six: it is noted only
 *   when it is nearly certain and somebody is spoken to or pointed at, and raised when it could hardly be surer. Criticism is a service matter (R6).
 * - Swindles are told from ordinary text with hardly an error, but the model learned from text messages: it raises late.
 * - Adverts and unlawful offers are counted, not queued, so a raised one costs nobody's time; but a post that is taken for
 *   noise is not answered, so that a wrong one would cost somebody an answer.
 * - Our own pages hold notices with links, dates and numbers, which swindlers imitate: only near certainty counts there,
 *   and tone towards people or oneself is not looked for in a publication that three people have read.
 */
export const operatingPoints: readonly OperatingPoint[] = [
  {
    head: 'self-harm',
    output: 'self-harm',
    category: 'self-harm',
    noteFrom: null,
    raiseFrom: 0.9,
    severity: 3,
    unless: movingOn,
    readsOwn: false,
  },
  {
    head: 'harassment',
    output: 'harassment',
    category: 'harassment',
    noteFrom: 0.97,
    raiseFrom: 0.995,
    severity: 2,
    onlyIf: somebody,
    readsOwn: false,
  },
  {
    head: 'fraud',
    output: 'fraud',
    leastHan,
    category: 'fraud',
    noteFrom: 0.8,
    raiseFrom: 0.9,
    severity: 3,
    readsOwn: true,
  },
  {
    head: 'fraud',
    output: 'phishing-link',
    leastHan,
    category: 'phishing-link',
    noteFrom: 0.8,
    raiseFrom: 0.9,
    severity: 3,
    onlyIf: something,
    readsOwn: true,
  },
  {
    head: 'fraud',
    output: 'spam',
    leastHan,
    category: 'spam',
    noteFrom: null,
    raiseFrom: 0.95,
    severity: 1,
    readsOwn: false,
  },
  {
    head: 'fraud',
    output: 'advert',
    leastHan,
    category: 'advert',
    noteFrom: null,
    raiseFrom: 0.95,
    severity: 1,
    readsOwn: false,
  },
];

/** Our own pages are raised from here on only. */
export const ownRaiseFrom = 0.98;

/** The point as the weights were tuned for it; the table's own value where the file says nothing. */
export function raiseFromOf(point: OperatingPoint, head: HeadHeader): number {
  return point.head === 'self-harm' ? (head.settings.alarmFrom ?? point.raiseFrom) : point.raiseFrom;
}
