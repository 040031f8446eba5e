import { Skeleton } from '../../ui/skeleton.tsx';

/** The shape of a list of the desk while it is on its way. */
export function ListSkeleton() {
  return (
    <div className="flex flex-col gap-2">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} className="h-16 rounded-large" />
      ))}
    </div>
  );
}
