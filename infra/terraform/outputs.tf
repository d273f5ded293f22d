output "hooks_url" {
  description = "Webhook URL; add the name of the Git host."
  value       = aws_cloudformation_stack.trueup.outputs["HooksUrl"]
}

output "api_url" {
  description = "The API."
  value       = aws_cloudformation_stack.trueup.outputs["ApiUrl"]
}

output "sync_role_arn" {
  description = "The role that signs in to clusters, for access entries and trust policies."
  value       = aws_cloudformation_stack.trueup.outputs["SyncRole"]
}

output "bucket" {
  description = "The bucket of the configuration and the blobs. Empty it, all versions, before `terraform destroy`."
  value       = aws_cloudformation_stack.trueup.outputs["Bucket"]
}

output "dead_letters_url" {
  description = "Wake-ups that failed five times."
  value       = aws_cloudformation_stack.trueup.outputs["DeadLettersUrl"]
}
