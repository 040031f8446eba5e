import { type ReactNode, useId } from 'react';
import { Card } from '../../../ui/card.tsx';

export interface SectionProps {
  title: string;
  text: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
  'data-testid'?: string;
}

/** One part of the page: its name, what it is for, and what it holds. */
export function Section({ title, text, action, children, 'data-testid': testId }: SectionProps) {
  const id = useId();
  return (
    <Card data-testid={testId} role="region" aria-labelledby={id} className="flex flex-col gap-4">
      <header className="flex flex-wrap items-start gap-3">
        <div className="min-w-52 flex-1">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          <p className="text-sm text-text-muted">{text}</p>
        </div>
        {action}
      </header>
      {children}
    </Card>
  );
}
