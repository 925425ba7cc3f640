import type { Finding } from '../domain/verdict.ts';
import { textBefore } from '../text/personal/number-cues.ts';
import { findPersonalHits, type PersonalHit as Hit } from '../text/personal/personal-hits.ts';
import type { Gathered, Stage } from './stage.ts';
import type { TextContext } from './text-context.ts';

export interface PersonalDataOptions {
  /** `20########`: each `#` stands for a digit; null when the school has named none. */
  studentNumberPattern: string | null;
}

interface Weight {
  severity: number;
  confidence: number;
}

const version = '2';

/** An office's or a business's own line, meant to be called. */
const officeCue =
  /办公室|校办|院办|教务|处|科|部门|热线|客服|前台|中心|咨询|投诉|监督|举报|服务|公司|酒店|宾馆|医院|诊所|派出所|街道|居委|学院|大学|校医|总机|传真|招生|就业|值班|报修|维修|物业|保卫|图书馆|食堂|餐厅|店|驿站|订餐|外卖|失物/;
const homeCue = /家里|家庭|家长|宅电|住宅|他家|她家|我家|父|母|爸|妈|爷|奶|本人|他的|她的|我的/;
/** Own notices name a contact person now and then; a list of people's numbers is another thing. */
const fewContacts = 2;

interface Surroundings {
  text: string;
  isOwn: boolean;
  /** How many different mobile numbers the text holds. */
  mobiles: number;
  /** The text offers something: its numbers are the advertiser's. */
  isOffer: boolean;
}

function weighMobile(hit: Hit, { text, isOwn, mobiles, isOffer }: Surroundings): Weight {
  const confidence = 0.9;
  if (isOwn) return { severity: mobiles > fewContacts ? 3 : 1, confidence };
  if (isOffer) return { severity: 1, confidence };
  return { severity: officeCue.test(textBefore(text, hit.start)) ? 2 : 3, confidence };
}

function weighLandLine(hit: Hit, { text, isOwn, isOffer }: Surroundings): Weight | null {
  const scope = textBefore(text, hit.start);
  if (homeCue.test(scope)) return { severity: 2, confidence: 0.75 };
  if (isOwn || isOffer || officeCue.test(scope) || officeCue.test(text.slice(hit.end, hit.end + 8)))
    return null;
  return { severity: 1, confidence: 0.55 };
}

/** How bad it is and how sure; null when it is nobody's secret. */
function weigh(hit: Hit, around: Surroundings): Weight | null {
  switch (hit.kind) {
    case 'identity-number':
      return { severity: 4, confidence: 0.98 };
    case 'bank-card':
      return { severity: 4, confidence: 0.95 };
    case 'old-identity-number':
      return hit.isNamed ? { severity: 4, confidence: 0.9 } : { severity: 1, confidence: 0.55 };
    case 'mobile-number':
      return weighMobile(hit, around);
    case 'land-line':
      return weighLandLine(hit, around);
    case 'e-mail':
      if (around.isOwn) return null;
      return hit.isNamed && !around.isOffer
        ? { severity: 2, confidence: 0.75 }
        : { severity: 1, confidence: 0.5 };
    case 'home-address':
      return { severity: hit.isNamed ? 3 : 2, confidence: hit.isNamed ? 0.85 : 0.65 };
    case 'licence-plate':
      return { severity: 2, confidence: 0.8 };
    case 'student-number':
      return { severity: around.isOwn ? 1 : 2, confidence: 0.7 };
    case 'birth-date':
      return { severity: 2, confidence: 0.65 };
  }
}

const offers = new Set(['advert', 'spam', 'fraud', 'phishing-link']);

function findPersonalData(context: TextContext, gathered: Gathered, options: PersonalDataOptions): Finding[] {
  const { isOwn } = context;
  const hits = findPersonalHits(context.normalised.text, { ...options, isOwn });
  if (hits.length === 0) return [];
  const mobiles = new Set(hits.filter(({ kind }) => kind === 'mobile-number').map(({ compact }) => compact))
    .size;
  const isOffer = gathered.findings.some(({ category }) => offers.has(category));
  const around = { text: context.normalised.text, isOwn, mobiles, isOffer };
  return hits.flatMap((hit) => {
    const weight = weigh(hit, around);
    if (weight === null) return [];
    const span = context.fromNormalised(hit);
    return [
      {
        category: 'leak' as const,
        stage: 'personal-data',
        source: 'rule' as const,
        id: `personal-data.${hit.kind}`,
        version,
        ...span,
        ...weight,
        ...(hit.via.length === 0 ? {} : { via: hit.via }),
      },
    ];
  });
}

/**
 * What belongs to a person and stands in public: numbers by their check digits and ranges, addresses, plates and the
 * like by their form and the words around them.
 */
export function buildPersonalDataStage(options: PersonalDataOptions): Stage {
  return {
    name: 'personal-data',
    safetyRelevant: true,
    run: (context, gathered) => ({ findings: findPersonalData(context, gathered, options) }),
  };
}

/** For a school that has named no form of its student numbers. */
export const personalDataStage: Stage = buildPersonalDataStage({ studentNumberPattern: null });
