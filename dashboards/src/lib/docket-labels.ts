import type { LawfulDetail, LawfulEntry } from '../../../review-api/contract/lawful-request.ts';
import type { PublicDetail, PublicEntry } from '../../../review-api/contract/public-request.ts';
import type { RemovalDetail, RemovalEntry } from '../../../review-api/contract/removal.ts';
import { t } from '../i18n/t.ts';
import { formatMoment } from './shanghai-time.ts';

export type AnyEntry = LawfulEntry | RemovalEntry | PublicEntry;
export type AnyDetail = LawfulDetail | RemovalDetail | PublicDetail;
type Facts = AnyEntry['facts'];
type FactsOf<K extends Facts['kind']> = Extract<Facts, { kind: K }>;
type Pairs<C extends string> = readonly (readonly [C, string])[];

const pairs = <C extends string>(labels: Record<C, string>): Pairs<C> =>
  Object.entries(labels) as [C, string][];

const statuteLabels: Record<FactsOf<'removal'>['basis']['law'], string> = {
  'criminal-procedure': t('dockets.criminalProcedureLaw'),
  supervision: t('dockets.supervisionLaw'),
  'public-security-penalties': t('dockets.publicSecurityLaw'),
  cybersecurity: t('dockets.cybersecurityLaw'),
  'data-security': t('dockets.dataSecurityLaw'),
  'personal-information': t('dockets.personalInformationLaw'),
  'counter-terrorism': t('dockets.counterTerrorismLaw'),
  'counter-espionage': t('dockets.counterEspionageLaw'),
  'civil-procedure': t('dockets.civilProcedureLaw'),
  'administrative-procedure': t('dockets.administrativeProcedureLaw'),
  'civil-code': t('dockets.civilCode'),
  criminal: t('dockets.criminalLaw'),
  'telecom-fraud': t('dockets.telecomFraudLaw'),
  minors: t('dockets.minorsLaw'),
  'state-secrets': t('dockets.stateSecretsLaw'),
};
const groundLabels: Record<FactsOf<'removal'>['ground'], string> = {
  'personal-data': t('dockets.groundPersonalData'),
  'fraud-link': t('dockets.groundFraudLink'),
  threat: t('dockets.groundThreat'),
  'official-order': t('dockets.groundOfficialOrder'),
  'state-secret': t('dockets.groundStateSecret'),
};
const platformLabels: Record<FactsOf<'removal'>['platform'], string> = {
  weibo: t('dockets.platformWeibo'),
  wechat: t('dockets.platformWechat'),
  site: t('dockets.platformSite'),
  other: t('app.other'),
};
const wishLabels: Record<FactsOf<'public-request'>['wish'], string> = {
  'wrong-reading': t('dockets.wishWrongReading'),
  erase: t('dockets.wishErase'),
  object: t('dockets.wishObject'),
  'correct-ours': t('dockets.wishCorrectOurs'),
};
const doorLabels: Record<FactsOf<'public-request'>['door'], string> = {
  form: t('dockets.doorForm'),
  phone: t('dockets.doorPhone'),
  letter: t('dockets.doorLetter'),
  'e-mail': t('dockets.doorEmail'),
  visit: t('dockets.doorVisit'),
};
const outcomeLabels: Record<NonNullable<FactsOf<'public-request'>['outcome']>, string> = {
  granted: t('dockets.outcomeGranted'),
  partly: t('dockets.outcomePartly'),
  refused: t('dockets.outcomeRefused'),
};

export const statutes = pairs(statuteLabels);
export const grounds = pairs(groundLabels);
export const platforms = pairs(platformLabels);
export const wishes = pairs(wishLabels);
export const outcomes = pairs(outcomeLabels);
/** What is entered by hand; the form is the public's own. */
export const doors = pairs(doorLabels).filter(([code]) => code !== 'form');

type StateOf<K extends Facts['kind']> = FactsOf<K>['state'];
const stateLabels: { [K in Facts['kind']]: Record<StateOf<K>, string> } = {
  'lawful-request': {
    registered: t('dockets.stateAwaitingApproval'),
    approved: t('dockets.stateToExport'),
    refused: t('dockets.doNotProvide'),
    disclosed: t('dockets.provided'),
    closed: t('app.closeMatter'),
  },
  removal: {
    proposed: t('dockets.stateAwaitingSecond'),
    approved: t('dockets.stateToRemove'),
    refused: t('dockets.doNotApprove'),
    done: t('dockets.stateRemoved'),
    appealed: t('dockets.stateAppealed'),
    settled: t('dockets.stateAppealSettled'),
  },
  'public-request': {
    received: t('app.inProgress'),
    answered: t('app.replied'),
    closed: t('app.closeMatter'),
  },
};

export function stateOf({ facts }: AnyEntry): string {
  const labels: Record<string, string> = stateLabels[facts.kind];
  return labels[facts.state] ?? facts.state;
}

const moveLabels: Record<string, string> = {
  opened: t('app.register'),
  approved: t('dockets.approve'),
  refused: t('dockets.doNotApprove'),
  disclosed: t('dockets.moveExported'),
  closed: t('app.closeMatter'),
  done: t('dockets.recordRemoval'),
  appealed: t('dockets.registerAppeal'),
  settled: t('dockets.settleAppeal'),
  matched: t('dockets.moveMatched'),
  erased: t('dockets.eraseText'),
  listed: t('dockets.addToLeaveOut'),
  corrected: t('dockets.registerCorrection'),
  answered: t('dockets.reply'),
};
export const moveLabel = (kind: string) => moveLabels[kind] ?? kind;

export const textLabels: Record<AnyDetail['texts'][number]['name'], string> = {
  scope: t('dockets.scope'),
  explanation: t('dockets.removalReason'),
  statement: t('dockets.statement'),
  quote: t('dockets.quote'),
  link: t('dockets.webAddress'),
  reason: t('dockets.refusalReason'),
  answer: t('dockets.reply'),
  appeal: t('dockets.appeal'),
  outcome: t('dockets.appealReason'),
  contact: t('dockets.contact'),
  file: t('dockets.file'),
};

const basisOf = ({ law, article }: FactsOf<'removal'>['basis']) =>
  t('dockets.statuteArticle', { statute: statuteLabels[law], article });
const seatLabels = {
  director: t('app.publicityHead'),
  leadership: t('dockets.seatLeadership'),
  safety: t('dockets.seatSafety'),
} as const;

type Rows = [string, string][];
/** Facts in words; the title of an entry is its first row. */
export function describeEntry(entry: AnyEntry): Rows {
  const { facts, people } = entry;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? t('app.disabledAccount');
  switch (facts.kind) {
    case 'lawful-request':
      return describeLawful(facts, nameOf);
    case 'removal':
      return describeRemoval(facts, nameOf);
    case 'public-request':
      return describePublic(facts);
  }
}

function describeLawful(facts: FactsOf<'lawful-request'>, nameOf: (id: string) => string): Rows {
  const { disclosure } = facts;
  return [
    [
      t('dockets.demandingAuthority'),
      t('dockets.authorityAndDocument', { organ: facts.organ, documentNumber: facts.documentNumber }),
    ],
    [t('app.grounds'), basisOf(facts.basis)],
    [t('dockets.received'), formatMoment(facts.receivedAt)],
    [t('dockets.demandedContent'), facts.items.map(({ id }) => id).join(t('app.listComma'))],
    [t('dockets.paperDocument'), facts.paperPlace],
    [t('dockets.scanDigest'), facts.scanSha256],
    [t('dockets.registeredBy'), nameOf(facts.registeredBy)],
    ...facts.approvals.map(({ seat, actorId, at }): [string, string] => [
      t('dockets.seatApproved', { seat: seatLabels[seat] }),
      t('dockets.nameAndTime', { name: nameOf(actorId), moment: formatMoment(at) }),
    ]),
    ...(disclosure === null
      ? []
      : ([
          [
            t('dockets.provided'),
            t('dockets.providedCount', {
              n: disclosure.provided.length,
              moment: formatMoment(disclosure.at),
            }),
          ],
          [
            t('dockets.nothingToProvide'),
            disclosure.withheld.length === 0 ? t('app.none') : disclosure.withheld.join(t('app.listComma')),
          ],
          [t('dockets.fileDigest'), disclosure.sha256],
          [t('dockets.downloadUntil'), formatMoment(disclosure.expiresAt)],
        ] as Rows)),
  ];
}

function describeRemoval(facts: FactsOf<'removal'>, nameOf: (id: string) => string): Rows {
  const { approval, done, appeal } = facts;
  return [
    [
      t('dockets.ground'),
      t('dockets.groundOnPlatform', {
        ground: groundLabels[facts.ground],
        platform: platformLabels[facts.platform],
      }),
    ],
    [t('dockets.clause'), basisOf(facts.basis)],
    [t('dockets.postId'), facts.postId ?? t('dockets.postNotHere')],
    [t('dockets.screenshotDigest'), facts.screenshotSha256],
    [t('dockets.proposedBy'), nameOf(facts.proposedBy)],
    ...(approval === null ? [] : ([[t('dockets.secondPerson'), nameOf(approval.actorId)]] as Rows)),
    ...(done === null
      ? []
      : ([
          [
            t('dockets.removedOnPlatform'),
            t('dockets.timeAndName', { moment: formatMoment(done.at), name: nameOf(done.by) }),
          ],
          [
            t('dockets.publisherTold'),
            done.toldThere ? t('dockets.toldThroughPlatform') : t('dockets.couldNotTell'),
          ],
        ] as Rows)),
    ...(appeal === null
      ? []
      : ([
          [
            t('dockets.appeal'),
            appeal.outcome === null
              ? t('dockets.appealPending')
              : appeal.outcome === 'upheld'
                ? t('dockets.appealUpheld')
                : t('dockets.appealRejected'),
          ],
        ] as Rows)),
  ];
}

function describePublic(facts: FactsOf<'public-request'>): Rows {
  const when = (instant: string | null) => (instant === null ? t('dockets.notDone') : formatMoment(instant));
  return [
    [
      t('dockets.wish'),
      t('dockets.wishOnPlatform', { wish: wishLabels[facts.wish], platform: platformLabels[facts.platform] }),
    ],
    [t('app.source'), doorLabels[facts.door]],
    [t('dockets.replyDue'), formatMoment(facts.dueAt)],
    [
      t('dockets.matchedPosts'),
      facts.postIds.length === 0 ? t('dockets.notMatched') : facts.postIds.join(t('app.listComma')),
    ],
    ...(facts.wish === 'erase' || facts.wish === 'object'
      ? ([[t('dockets.eraseText'), when(facts.erasedAt)]] as Rows)
      : []),
    ...(facts.wish === 'object' ? ([[t('dockets.listedOn'), when(facts.listedAt)]] as Rows) : []),
    ...(facts.correction === null ? [] : ([[t('dockets.correctionNotice'), facts.correction.text]] as Rows)),
    ...(facts.leadId === null ? [] : ([[t('app.lead'), facts.leadId]] as Rows)),
    [t('dockets.outcome'), facts.outcome === null ? t('dockets.unanswered') : outcomeLabels[facts.outcome]],
    [t('dockets.contact'), facts.hasContact ? t('dockets.contactSealed') : t('dockets.contactNone')],
  ];
}
