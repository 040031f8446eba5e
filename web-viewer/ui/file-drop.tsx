import { clsx } from 'clsx';
import { type DragEvent, type ReactNode, useState } from 'react';

export interface FileDropProps {
  icon: ReactNode;
  label: string;
  /** What is taken: kinds and sizes, said before anything is chosen. */
  hint: string;
  /** As the attribute of the same name. */
  accept: string;
  multiple?: boolean;
  disabled?: boolean;
  onFiles: (files: readonly File[]) => void;
  'data-testid'?: string;
}

/** A place to drop files on, or to press and choose them. */
export function FileDrop(props: FileDropProps) {
  const { icon, label, hint, accept, multiple = false, disabled = false, onFiles } = props;
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (!disabled && files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        'flex cursor-pointer flex-col items-center gap-1.5 rounded-large border-2 border-dashed px-4 py-6 text-center transition-colors',
        'focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-(--focus)',
        disabled && 'pointer-events-none opacity-50',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-surface-hover',
      )}
    >
      <span aria-hidden className="text-accent-text [&>svg]:size-6">
        {icon}
      </span>
      <span className="text-sm font-semibold">{label}</span>
      <span className="text-sm text-text-muted">{hint}</span>
      <input
        type="file"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        data-testid={props['data-testid']}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
    </label>
  );
}
