import { useEffect, useMemo } from 'react';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { createMessageLog, type MessageLog } from './message-log.ts';

/** The log of one show's messages while the component is mounted. */
export function useMessageLog(feed: ShowFeed): MessageLog {
  const log = useMemo(() => createMessageLog(feed), [feed]);
  useEffect(() => log.open(), [log]);
  return log;
}
