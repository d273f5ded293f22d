variable "stage" {
  description = "Part of every name; the stack is called trueup-STAGE."
  type        = string
  default     = "prod"
}

variable "code_bucket" {
  description = "The bucket, in the region of the provider, that `npm run publish:aws` filled."
  type        = string
}

variable "code_prefix" {
  description = "The --prefix of `npm run publish:aws`. A new one for each version makes updates visible in plans."
  type        = string
  default     = ""
}

variable "config" {
  description = "The content of trueup.yaml, with store: {kind: aws, stack: trueup-STAGE, region: REGION}."
  type        = string
}

variable "deletion_protection" {
  description = "Whether the table refuses to be deleted. Set it to false and apply before `terraform destroy`."
  type        = bool
  default     = true
}

variable "alarm_topic_arn" {
  description = "The SNS topic that alarms go to; empty: they are only shown."
  type        = string
  default     = ""
}

variable "searches_clusters" {
  description = "Whether trueup.yaml has clusterSearches[]."
  type        = bool
  default     = false
}

variable "vpc_subnet_ids" {
  description = "Subnets for sync, for clusters with private endpoints only."
  type        = list(string)
  default     = []
}

variable "vpc_security_group_ids" {
  description = "Security groups for sync, with vpc_subnet_ids."
  type        = list(string)
  default     = []
}

variable "tracing" {
  description = "Whether the functions send traces to X-Ray."
  type        = bool
  default     = false
}

variable "audited_clusters" {
  description = "EKS clusters of this account and region that write an audit log which shall name who changed what."
  type        = list(string)
  default     = []
}

variable "audit_filter" {
  description = "Which lines of the audit log are delivered. The default leaves out what the control plane does itself."
  type        = string
  default     = "{ $.stage = \"ResponseComplete\" && ($.verb = \"create\" || $.verb = \"update\" || $.verb = \"patch\" || $.verb = \"delete\" || $.verb = \"deletecollection\") && $.objectRef.resource != \"leases\" && $.objectRef.resource != \"events\" && ($.objectRef.subresource NOT EXISTS || $.objectRef.subresource != \"status\") && $.user.username != \"system:node:*\" && $.user.username != \"system:kube-*\" && $.user.username != \"system:cloud-controller-manager\" && $.user.username != \"system:serviceaccount:kube-system:*\" && $.user.username != \"system:apiserver\" && $.user.username != \"eks:*\" && $.userAgent != \"trueup/*\" }"
}
