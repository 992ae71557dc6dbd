/** The head of a table whose columns are not known yet. */
export const ComparisonSkeleton = () => (
  <div className="comparison-skeleton" aria-hidden="true">
    {[0, 1, 2].map((row) => (
      <div key={row}>
        <div className="skeleton" />
        <div className="skeleton" />
        <div className="skeleton" />
      </div>
    ))}
  </div>
);
