// What customers, agents and channels are called.
import {words} from './words.js';

export const customerName = ({name, room_id}) => name || words.room({id: room_id});
export const agentName = ({name, id}) => name || words.agent({id});

/** The channel's kind, and its id where the board shows several channels of that kind. */
export function channelName(board, channel, source) {
  const channels = board?.channels ?? [];
  const from = source ?? channels.find(one => one.channel === channel)?.source;
  const kind = words.channelKinds[from] ?? from ?? words.channelKinds[channel];
  if (!kind) {
    return channel ? words.channel({id: channel}) : '';
  }
  const alone = channels.every(one => one.channel === channel || one.source !== from);
  return alone || !channel || channel === from ? kind : `${kind} ${channel}`;
}
