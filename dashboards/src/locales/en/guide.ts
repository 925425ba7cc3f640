import type { guide as zh } from '../zh-CN/guide.ts';

export const guide = {
  'guide.accountsCount': '{n} account so far|{n} accounts so far',
  'guide.added': 'Registered; being read for the first time',
  'guide.adding': 'Registering…',
  'guide.addSite': 'Register this site and start reading',
  'guide.address': 'Address of the school’s home page',
  'guide.addressHelp': 'Copy it from your browser, for example www.example.edu.cn',
  'guide.addressWrong': 'Enter an address, for example www.example.edu.cn.',
  'guide.again': 'Use another address',
  'guide.allDone': 'All four steps are done. You can open this page again under Administration.',
  'guide.arrived': 'Articles that have arrived',
  'guide.assessmentAfter':
    'Afterwards public comments may lawfully be gathered. Without it, watching the site and reviewing drafts go on all the same.',
  'guide.assessmentHow':
    'The school names a controller and an independent reviewer, signs the impact assessment and publishes the notice; then the operator writes them into config/governance.yaml and restarts.',
  'guide.assessmentMissing': 'Still missing:',
  'guide.assessmentTitle': 'Personal information impact assessment',
  'guide.assessmentUntil': 'Comments may be gathered until {day}.',
  'guide.columns': '{n} column|{n} columns',
  'guide.columnItems': '{name} ({n} item)|{name} ({n} items)',
  'guide.credentialsAfter':
    'Afterwards the school’s own Weibo and WeChat accounts are read on schedule too, and you see what is missing.',
  'guide.credentialsHow':
    'Credentials are entered on the server only and never pass through this page. Ask the operator to run:',
  'guide.credentialsNone':
    'No channel needs a credential yet. Once the school’s Weibo or WeChat account stands in config/channels.yaml and is in use, what it needs is listed here. Skip this step if there are no such accounts.',
  'guide.credentialsTitle': 'Credentials of platform accounts',
  'guide.done': 'Done',
  'guide.found': 'Is this the site of {school}?',
  'guide.foundNothing':
    'No list of articles was recognised on the home page or its columns. Perhaps it is not the home page, or scripts build its pages; try another address.',
  'guide.lead':
    'Four steps, each useful as soon as it is done. Stop whenever you like and go on from here next time.',
  'guide.markedSkipped': 'Skipped',
  'guide.name': 'What the channel is called',
  'guide.next': 'Do this now',
  'guide.noDate': 'no date',
  'guide.notYours': 'The head of the publicity office or the technology centre does this step.',
  'guide.notYoursPeople': 'The account administrator does this step.',
  'guide.openAuthority': 'Public notice',
  'guide.openChannel': 'Look at this channel',
  'guide.openChannels': 'Open the channels',
  'guide.openPeople': 'Add people one by one',
  'guide.openQueue': 'Go to the workbench',
  'guide.openRules': 'Try rules out',
  'guide.openSetup': 'Import a spreadsheet',
  'guide.others':
    'The pages also lead to these accounts and sites; register them separately if you need them: {names}',
  'guide.pagesRead': '{n} page read|{n} pages read',
  'guide.peopleAfter':
    'Afterwards colleagues handle cases and review drafts under their own accounts, and every step is recorded under their own names.',
  'guide.peopleNeedReviewer': 'There is no reviewer yet: somebody has to handle the cases that come in.',
  'guide.peopleNeedSecond': 'There is only one account: add at least one colleague.',
  'guide.peopleTitle': 'Units and people',
  'guide.progress': '{fetched} pages fetched, {created} new articles',
  'guide.readFailed':
    'The first reading failed: {note} It is read again with the next scheduled run; to see why first, open the channel and test a page.',
  'guide.readOnce':
    'Last reading finished: {fetched} pages fetched, {created} new articles. It is read every hour.',
  'guide.reading': 'Reading the home page and its columns; usually less than half a minute…',
  'guide.registeredAlready': 'This site is already registered as “{name}”.',
  'guide.resume': 'Take it up again',
  'guide.sample': 'What would be read',
  'guide.siteAfter':
    'Afterwards new articles of the site come in by themselves, and typos, leaked personal data and dead links are pointed out.',
  'guide.siteCrawled': 'Being gathered: {names}',
  'guide.siteRobots':
    'Only this site is read, at most one page a second, and robots.txt is obeyed. Nothing is stored before you confirm.',
  'guide.siteTitle': 'The school’s site',
  'guide.skip': 'Skip for now',
  'guide.stop': 'Stop',
  'guide.survey': 'Look at this site',
  'guide.system': 'Made with {name}',
  'guide.systemUnknown': 'What it is made with was not recognised; it can be read all the same',
  'guide.troubles': '{n} page could not be read|{n} pages could not be read',
  'guide.tryRules': 'Before gathering, try the rules on what is already here and see how well they judge.',
  'guide.unitsCount': '{n} unit|{n} units',
  'guide.waiting': 'Reading starts in a few seconds',
  'guide.defaultName': '{school} website',
} as const satisfies Record<keyof typeof zh, string>;
