/** A member of a joint service (IKZ) in a table of a member's own page: who reads is strong. */
export function JointMember({
  name,
  isSelf,
  isPerforming,
}: {
  name: string;
  isSelf: boolean;
  isPerforming: boolean;
}) {
  return (
    <>
      {isSelf ? <strong>{name}</strong> : name}
      {isPerforming && " (führt durch)"}
    </>
  );
}
