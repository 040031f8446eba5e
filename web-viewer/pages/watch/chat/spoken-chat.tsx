import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';

/** Screen readers are told of the chat this often at most: a fast chat would silence everything else. */
const EVERY_MS = 4_000;

/** Says what was written: the message, or how many there were since the last time, and the newest of them. */
export function SpokenChat({ messages }: { messages: readonly ChatMessage[] }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const newest = useRef(messages);
  newest.current = messages;
  const [news, setNews] = useState<{ last: ChatMessage; more: number }>();
  useEffect(() => {
    let saidId = newest.current.at(-1)?.entryId;
    const timer = window.setInterval(() => {
      const last = newest.current.at(-1);
      if (last === undefined || last.entryId === saidId) return;
      const said = newest.current.findLastIndex(({ entryId }) => entryId === saidId);
      saidId = last.entryId;
      setNews({ last, more: newest.current.length - said - 2 });
    }, EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <p aria-live="polite" className="sr-only">
      {news !== undefined && (
        <>
          {news.more > 0 && `${t('chat.more', { count: news.more, formatted: count(news.more) })} `}
          {news.last.name}: {news.last.text}
        </>
      )}
    </p>
  );
}
