import { Skeleton } from '../ui/skeleton.tsx';

/** Stands while the first page's code is on its way. */
export function PageSkeleton() {
  return (
    <div className="flex min-h-dvh flex-col gap-6 p-6">
      <Skeleton className="h-10 w-40" />
      <Skeleton className="min-h-64 flex-1 rounded-large" />
    </div>
  );
}
