import { identityTerms } from './identity-terms.ts';
import { fixedCompany, roleOf, type WordRole } from './tone-lexicon.ts';
import type { Clause } from './tone-phrases.ts';
import { discourse } from './tone-turns.ts';

/** Words that act on the next few words; further away they belong to something else. */
const operatorReach = 4;
const negatedShare = -0.8;
const rhetoricalShare = 0.6;
const questionShare = 0.3;
const exclaimedShare = 1.2;
const stressedAfter = 0.4;
const mostTears = 3;
/** Tears beside this much praise are of joy. */
const joyousFrom = 1;

const tearful = new Set(['😭', '😢', '呜', '呜呜', '呜呜呜', '泪']);
/** After a word with tone, at most 得 or 到 between, they say how much. */
const degreesAfter = new Set([
  '要命',
  '哭',
  '离谱',
  '不像话',
  '炸',
  '死',
  '吓人',
  '惊人',
  '不行',
  '爆',
  '迷糊',
  '了得',
]);
const links = new Set(['得', '到']);

/** What the words of a text say, before it is put on a scale. */
export interface HeardTone {
  /** Below 0 for blame; the sum over all clauses. */
  total: number;
  /** How many words spoke; denied and stressed ones count twice. */
  evidence: number;
  /** How often a denial, a turn, irony or a question acted: the sum says more than the words one by one. */
  turns: number;
}

/** Tone of one text, clause by clause. */
class ToneReader {
  readonly clauses: Clause[] = [];
  /** Signs of tears: of grief beside blame, of joy beside praise. */
  tears = 0;
  evidence = 0;
  turns = 0;
  #text = '';
  #value = 0;
  #bare = 0;
  #denials = 0;
  #first = '';
  #contrasts = false;
  #lastWeighed = 0;
  #sinceTone = 2;
  #negations = 0;
  #degree = 1;
  #operatorAge = 0;
  #waiting = 0;
  #waitingDegree = 1;
  #negatedPositive = false;
  #rhetorical = false;

  /** @param says what the word may say; undefined for an ordinary word, which says nothing */
  read(word: string, says: Says | undefined, isMute: boolean): void {
    const role = isMute ? undefined : says?.role;
    if (says?.isTear === true) this.tears += 1;
    else if (says?.isDegreeAfter === true && this.#stressesLast())
      this.#value += this.#lastWeighed * stressedAfter;
    else if (role === undefined) {
      this.#settle();
      this.#age();
    } else if (role.tone !== 0) this.#hear(role);
    else this.#operate(role);
    if (this.#text === '') this.#first = word;
    this.#text += word;
    if (says?.isLink !== true) this.#sinceTone += 1;
    if (role?.part === 'end' || role?.part === 'exclamation') this.close();
  }

  /** 要命 in 好吃得要命: how much of it, not another tone. */
  #stressesLast(): boolean {
    return this.#sinceTone === 1 && this.#waiting === 0;
  }

  /** A word that may be a degree waits for the next word. */
  #hear(role: WordRole): void {
    if (role.degree !== 1 && this.#waiting === 0) {
      this.#waiting = role.tone;
      this.#waitingDegree = role.degree;
      return;
    }
    if (this.#waiting !== 0) this.#degree *= this.#waitingDegree;
    this.#waiting = 0;
    this.#weigh(role.tone);
  }

  #operate(role: WordRole): void {
    this.#settle();
    if (role.degree !== 1) {
      this.#degree *= role.degree;
      this.#operatorAge = 0;
      return;
    }
    switch (role.part) {
      case 'negation':
        this.#negations += 1;
        this.#denials += 1;
        this.#operatorAge = 0;
        break;
      case 'contrast':
        this.#contrasts = true;
        break;
      case 'rhetorical':
        this.#rhetorical = true;
        break;
      case 'question':
        this.#ask();
        break;
      case 'exclamation':
        this.#value *= exclaimedShare;
        break;
      case 'end':
        break;
      case 'plain':
        this.#age();
    }
  }

  /** What waited was no degree after all. */
  #settle(): void {
    if (this.#waiting === 0) return;
    const tone = this.#waiting;
    this.#waiting = 0;
    this.#weigh(tone);
  }

  #weigh(tone: number): void {
    const isNegated = this.#negations % 2 === 1;
    this.#negatedPositive ||= isNegated && tone > 0;
    if (this.#negations > 0) this.turns += 1;
    this.#lastWeighed = tone * this.#degree * (isNegated ? negatedShare : 1);
    this.#sinceTone = 0;
    this.#value += this.#lastWeighed;
    this.#bare += tone * this.#degree;
    // 不好吃, 很好吃: who denies or stresses a word means it.
    this.evidence += this.#negations > 0 || this.#degree !== 1 || this.#rhetorical ? 2 : 1;
    this.#negations = 0;
    this.#degree = 1;
  }

  #age(): void {
    this.#operatorAge += 1;
    if (this.#operatorAge < operatorReach) return;
    this.#negations = 0;
    this.#degree = 1;
  }

  /** 不好吃吗 thinks that it is good; 好吃吗 only asks. */
  #ask(): void {
    if (this.#value !== 0) this.turns += 1;
    if (this.#negatedPositive || this.#rhetorical) this.#value *= -rhetoricalShare;
    else this.#value *= questionShare;
    this.#rhetorical = false;
  }

  /** Ends a clause: operators do not reach beyond it. */
  close(): void {
    this.#settle();
    if (this.#rhetorical) {
      if (this.#value !== 0) this.turns += 1;
      this.#value *= -rhetoricalShare;
    }
    if (this.#text !== '') {
      const { length } = this.clauses;
      this.clauses[length] = {
        text: this.#text,
        value: this.#value,
        bare: this.#bare,
        denials: this.#denials,
        first: this.#first,
        contrasts: this.#contrasts,
      };
    }
    this.#text = '';
    this.#denials = 0;
    this.#contrasts = false;
    this.#sinceTone = 2;
    this.#value = 0;
    this.#bare = 0;
    this.#negations = 0;
    this.#degree = 1;
    this.#operatorAge = 0;
    this.#negatedPositive = false;
    this.#rhetorical = false;
  }
}

const noWord = '';

/** 困难 in 经济困难, 好 in 准备好了: part of a name or a verb, no judgement. */
function hasFixedCompany({ company }: Says, words: readonly string[], at: number): boolean {
  if (company === undefined) return false;
  return company.before.has(words[at - 1] ?? noWord) || company.after.has(words[at + 1] ?? noWord);
}

const terms: ReadonlySet<string> = new Set(Object.values(identityTerms).flat());
/** Words with tone that are a part of some identity term: 安全 of 安全工程. */
const partsOfTerms: ReadonlySet<string> = new Set(
  [...roleOf]
    .filter(([, { tone }]) => tone !== 0)
    .map(([word]) => word)
    .filter((word) => [...terms].some((term) => term.includes(word))),
);

/** All that this reader has to know of one word. */
interface Says {
  role: WordRole | undefined;
  isTear: boolean;
  isDegreeAfter: boolean;
  isLink: boolean;
  isPartOfTerm: boolean;
  company: ReturnType<typeof fixedCompany.get>;
}

/** One look-up a word: nearly all words are in no list at all. */
const saysOf: ReadonlyMap<string, Says> = new Map(
  [...roleOf.keys(), ...tearful, ...degreesAfter, ...links, ...fixedCompany.keys()].map((word) => [
    word,
    {
      role: roleOf.get(word),
      isTear: tearful.has(word),
      isDegreeAfter: degreesAfter.has(word),
      isLink: links.has(word),
      isPartOfTerm: partsOfTerms.has(word),
      company: fixedCompany.get(word),
    },
  ]),
);

/** Who somebody is carries no tone (R15). A term is cut into three words at most. */
function namesGroup({ isPartOfTerm }: Says, words: readonly string[], at: number): boolean {
  if (!isPartOfTerm) return false;
  const word = words[at] ?? noWord;
  const [before, after] = [words[at - 1] ?? noWord, words[at + 1] ?? noWord];
  const further = words[at - 2] ?? noWord;
  const joined = [word, word + after, before + word, before + word + after, further + before + word];
  return joined.some((one) => terms.has(one));
}

/** One weeps for joy, too. */
function tearsTone(tears: number, otherTone: number): number {
  const count = Math.min(tears, mostTears);
  return otherTone >= joyousFrom ? count * 0.3 : -count;
}

/**
 * Tone by lexicon with denial, degree, turns, rhetorical questions and irony.
 * @param words of a normalised text, in order
 * @param faults how many plain faults of a service the text tells of: praise beside a fault may be irony
 */
export function hearTone(words: readonly string[], faults = 0): HeardTone {
  const reader = new ToneReader();
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? noWord;
    const says = saysOf.get(word);
    const isMute = says !== undefined && (hasFixedCompany(says, words, i) || namesGroup(says, words, i));
    reader.read(word, says, isMute);
  }
  reader.close();
  const said = discourse(reader.clauses, faults);
  const tears = tearsTone(reader.tears, said.total);
  return {
    total: said.total + tears,
    evidence: reader.evidence + said.evidence + Math.min(reader.tears, mostTears),
    turns: reader.turns + said.turns,
  };
}
