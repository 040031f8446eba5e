import { useTranslation } from 'react-i18next';
import { TextArea } from '../../../ui/text-area.tsx';
import { parseWords } from './parse-words.ts';

export interface WordsFieldProps {
  label: string;
  hint: string;
  text: string;
  onChange: (text: string) => void;
}

/** Blocked words, one in a line. */
export function WordsField({ label, hint, text, onChange }: WordsFieldProps) {
  const { t } = useTranslation();
  const { fault } = parseWords(text);
  return (
    <TextArea
      data-testid="blocked-words"
      label={label}
      hint={hint}
      error={fault === undefined ? undefined : t(`chatRules.faults.${fault}`)}
      dir="auto"
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
