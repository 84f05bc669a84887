"""Ids, each as its own type, so that a case can never be taken for a person."""

from typing import NewType

PersonId = NewType("PersonId", int)
CaseId = NewType("CaseId", int)
AssignmentId = NewType("AssignmentId", int)
DecisionId = NewType("DecisionId", int)
TalkId = NewType("TalkId", int)
TaskId = NewType("TaskId", int)
InquiryId = NewType("InquiryId", int)
SessionId = NewType("SessionId", int)
NoticeId = NewType("NoticeId", int)
MemberId = NewType("MemberId", int)
ConsentId = NewType("ConsentId", int)
DocumentId = NewType("DocumentId", int)
RepresentativeId = NewType("RepresentativeId", int)
LapseId = NewType("LapseId", int)
MeetingId = NewType("MeetingId", int)
SubstituteId = NewType("SubstituteId", int)
ChangeId = NewType("ChangeId", int)
ChangeAskId = NewType("ChangeAskId", int)
MinutesId = NewType("MinutesId", int)
MemberTaskId = NewType("MemberTaskId", int)
