# The published CloudFormation template as a module: one stack, made and changed by CloudFormation, asked for by Terraform.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

data "aws_region" "current" {}

data "aws_partition" "current" {}

data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.${data.aws_region.current.name}.s3"
}

resource "aws_cloudformation_stack" "trueup" {
  name         = "trueup-${var.stage}"
  template_url = "https://${var.code_bucket}.s3.${data.aws_region.current.name}.${data.aws_partition.current.dns_suffix}/${var.code_prefix}trueup.template.json"
  capabilities = ["CAPABILITY_IAM"]

  parameters = {
    Stage               = var.stage
    CodeBucket          = var.code_bucket
    CodePrefix          = var.code_prefix
    S3PrefixListId      = data.aws_ec2_managed_prefix_list.s3.id
    DeletionProtection  = tostring(var.deletion_protection)
    AlarmTopicArn       = var.alarm_topic_arn
    SearchesClusters    = tostring(var.searches_clusters)
    VpcSubnetIds        = join(",", var.vpc_subnet_ids)
    VpcSecurityGroupIds = join(",", var.vpc_security_group_ids)
    Tracing             = tostring(var.tracing)
  }

  timeouts {
    delete = "60m"
  }
}

resource "aws_s3_object" "config" {
  bucket       = aws_cloudformation_stack.trueup.outputs["Bucket"]
  key          = "config/trueup.yaml"
  content      = var.config
  content_type = "application/yaml"
}

resource "aws_cloudwatch_log_subscription_filter" "audit" {
  for_each        = toset(var.audited_clusters)
  name            = "trueup-${var.stage}"
  log_group_name  = "/aws/eks/${each.key}/cluster"
  destination_arn = aws_cloudformation_stack.trueup.outputs["AuditFunction"]
  filter_pattern  = var.audit_filter
}
