export { channelStateNames, platformName, platformNames } from '../../pipeline/domain/channel-names.ts';
